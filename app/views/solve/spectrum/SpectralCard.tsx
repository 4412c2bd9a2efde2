import { Check, CircleHelp, EqualApproximately, X } from 'lucide-react';
import type { SpectrumReport } from '../../../../src/engine/protocol/protocol.ts';
import { familyOf } from '../../../../src/families/settings.ts';
import { convergesWhere, iterationName } from '../../../../src/schema/maps.ts';
import { capital } from '../../../format.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { Card } from '../../../ui/Card.tsx';
import { Readout } from '../../../ui/Readout.tsx';
import { DampingPlane } from './DampingPlane.tsx';
import styles from './SpectralCard.module.css';
import { formatRadius, spectralVerdict } from './spectralWords.ts';
import { SteadyButton } from '../../../ui/SteadyButton.tsx';

/** The Jacobian of the layer at the best forward point: would plain iteration converge here? */
export function SpectralCard() {
  const { report, busy, failure } = useApp((state) => state.spectrum);
  const stopped = useApp((state) => state.engine === 'stopped');
  const text = useApp(({ applied }) => familyOf(applied.problem.family).input === 'text');
  const { estimateSpectrum } = useAppStore().getState();
  return (
    <Card
      title={
        <>
          Spectrum of <var>J</var> = ∂<var>f</var>/∂<var>z</var>
        </>
      }
      label="Spectrum"
      aside={
        <SteadyButton
          disabled={busy || stopped}
          onClick={() => {
            estimateSpectrum(false);
          }}
        >
          {busy ? 'Estimating…' : 'Estimate'}
        </SteadyButton>
      }
    >
      {failure !== null && <p className={styles['failure']}>{failure}</p>}
      {report ? (
        <div className={styles['columns']}>
          <Figures report={report} />
          {report.eigenvalues ? (
            <DampingPlane eigenvalues={report.eigenvalues} />
          ) : (
            <p className={styles['note']}>
              The plane of all eigenvalues is drawn where the state has at most 256 numbers
              {text ? ': a shorter text or a smaller width.' : '; this one has more.'}
            </p>
          )}
        </div>
      ) : (
        <p className={styles['note']}>
          The spectral radius <var>ρ</var> of the Jacobian at the best forward point decides whether
          plain iteration converges there. It is estimated when a forward solve ends, or when you
          press Estimate.
        </p>
      )}
    </Card>
  );
}

const icons = {
  contraction: { icon: Check, tone: 'good' },
  local: { icon: EqualApproximately, tone: 'good' },
  diverges: { icon: X, tone: 'bad' },
  unknown: { icon: CircleHelp, tone: 'quiet' },
} as const;

function Figures({ report }: { readonly report: SpectrumReport }) {
  const { iteration, radius, settled, sigma, sigmaSettled, method } = report;
  const applied = useApp((state) => state.applied);
  const other =
    applied.solver.map === 'plain'
      ? undefined
      : { name: iterationName(applied), converges: convergesWhere(applied) };
  const { kind, words } = spectralVerdict(report, other);
  const { icon: Icon, tone } = icons[kind];
  return (
    <div className={styles['figures']}>
      <div className={styles['numbers']}>
        <Readout
          label="spectral radius"
          title="ρ, the largest modulus of an eigenvalue of J: the factor plain iteration ends up with"
          value={settled ? formatRadius(radius) : 'not settled'}
          {...(settled ? {} : { suffix: ` about ${formatRadius(radius)}` })}
        />
        <Readout
          label="largest singular value"
          title="σ, the most J can stretch an error in one step"
          value={sigmaSettled ? formatRadius(sigma) : 'not settled'}
          {...(sigmaSettled ? {} : { suffix: ` about ${formatRadius(sigma)}` })}
        />
      </div>
      <p className={styles['verdict']}>
        <Icon size={16} className={styles[tone]} aria-hidden />
        {capital(words)}
      </p>
      <p className={styles['note']}>
        At iteration {iteration} of the forward solve, where its residual was lowest,{' '}
        {method === 'dense' ? 'from the whole Jacobian' : 'from products with the Jacobian'}. “Here”
        because it holds at this point, not everywhere.
      </p>
    </div>
  );
}

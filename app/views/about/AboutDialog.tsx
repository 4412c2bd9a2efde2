import type { ReactNode } from 'react';
import { build } from '../../build.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { TourButton } from '../tour/TourButton.tsx';
import styles from './AboutDialog.module.css';
import { code, papers, type Work } from './works.ts';

/** What this page is, which version of it, whose work it stands on, and what it keeps. */
export default function AboutDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="About DEQ Playground" kind="broad" onClose={onClose}>
      <div className={styles['about']}>
        <p>
          A deep equilibrium model (DEQ) outputs the fixed point <var>z</var>* = <var>f</var>(
          <var>z</var>*, <var>x</var>) of one layer, found by a root finder instead of by stacking
          layers. This page solves, measures and trains small ones on your own device.
        </p>
        <div className={styles['start']}>
          <TourButton onStart={onClose} />
        </div>
        <section aria-labelledby="about-version">
          <h3 id="about-version">Version and licence</h3>
          <p>
            Version {build.version}
            {build.commit !== null && (
              <>
                , commit <Commit commit={build.commit} source={build.source} />
              </>
            )}
            .{' '}
            {build.source !== null && (
              <>
                <Link to={build.source}>Source code</Link>.{' '}
              </>
            )}
            {/* The build puts both files beside the page; the dev server has none. */}
            {import.meta.env.PROD ? (
              <>
                <Link to="./LICENSE.txt">MIT licence</Link>;{' '}
                <Link to="./THIRD-PARTY.txt">licences of the packages in this page</Link>.
              </>
            ) : (
              'MIT licence.'
            )}
          </p>
        </section>
        <section aria-labelledby="about-privacy">
          <h3 id="about-privacy">Privacy</h3>
          <p>
            Everything is computed in this browser. The page loads its own files and asks no other
            server for anything; it sets no cookies and counts no visitors. Texts, runs, checkpoints
            and choices such as the theme are kept in this browser’s storage for this site only:
            clearing the site’s data deletes them. Others see only what you send them: a link holds
            the settings, and your text only where you choose that; a file you download holds what
            its name says.
          </p>
        </section>
        <section aria-labelledby="about-papers">
          <h3 id="about-papers">Papers whose methods run here</h3>
          <Works works={papers} />
        </section>
        <section aria-labelledby="about-code">
          <h3 id="about-code">Code and data</h3>
          <Works works={code} />
        </section>
      </div>
    </Dialog>
  );
}

function Commit({ commit, source }: { readonly commit: string; readonly source: string | null }) {
  const short = <code title={commit}>{commit.slice(0, 10)}</code>;
  return source === null ? short : <Link to={`${source}/commit/${commit}`}>{short}</Link>;
}

function Link(props: { readonly to: string; readonly children: ReactNode }) {
  return (
    <a href={props.to} target="_blank" rel="noopener">
      {props.children}
    </a>
  );
}

function Works({ works }: { readonly works: readonly Work[] }) {
  return (
    <ul className={styles['works']}>
      {works.map(({ name, to, what }) => (
        <li key={name}>
          <Link to={to}>{name}</Link>: {what}
        </li>
      ))}
    </ul>
  );
}

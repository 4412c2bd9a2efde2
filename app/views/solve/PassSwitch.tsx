import { useApp, useAppStore } from '../../store/context.ts';
import { Segmented } from '../../ui/Segmented.tsx';

/** Which of the two fixed-point equations is on screen; no choice where the link leaves the backward pass out. */
export function PassSwitch() {
  const pass = useApp((state) => state.pass);
  const hidden = useApp((state) => state.hidden.includes('backward.*'));
  const { showPass } = useAppStore().getState();
  if (hidden) return null;
  return (
    <Segmented
      label="Solve shown"
      value={pass}
      onChange={showPass}
      options={[
        { value: 'forward', label: 'Forward', title: 'z = f(z, x): the model’s output' },
        {
          value: 'backward',
          label: 'Backward',
          title: 'u = Jᵀu + ∂L/∂z at the forward point: what the gradient needs',
        },
      ]}
    />
  );
}

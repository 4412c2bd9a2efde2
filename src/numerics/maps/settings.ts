/** Iteration maps that every problem has, as the page offers them, and the settings they are opened with. */
import type { MapSettings } from '../../schema/family.ts';
import { real } from '../../schema/field.ts';

/** Fields of the section `solver`. */
export const mapFields = {
  flowStep: real({
    label: 'Step size',
    symbol: 'h',
    help: 'How far one step goes along dz/dt = f(z) − z. Too large a step overshoots; a small one takes many.',
    default: 0.5,
    min: 0.05,
    max: 2,
    step: 0.05,
  }),
  mapDamping: real({
    label: 'Map damping',
    symbol: 'β',
    help: 'Share of f(z) in the map itself, whatever the method then does with it.',
    default: 0.5,
    min: 0.05,
    max: 1,
    step: 0.05,
  }),
} as const;

const flow = { h: 'solver.flowStep' } as const;

export const generalMaps = {
  plain: { label: 'f itself', help: 'z ← f(z): the layer as it is.', options: {} },
  damped: {
    label: 'damped',
    help: 'z ← (1 − β) z + β f(z): a part of the way.',
    converges: 'where |1 − β + βλ| < 1 for every eigenvalue λ of J',
    options: { beta: 'solver.mapDamping' },
  },
  euler: {
    label: 'flow, Euler',
    help: 'One Euler step of dz/dt = f(z) − z, of one evaluation.',
    converges: 'where Re λ < 1 for every eigenvalue λ of J, and h is small enough',
    options: flow,
  },
  heun: {
    label: 'flow, Heun',
    help: 'One step of dz/dt = f(z) − z by Heun’s method, of two evaluations.',
    converges: 'where Re λ < 1 for every eigenvalue λ of J, and h is small enough',
    options: flow,
  },
  rk4: {
    label: 'flow, Runge–Kutta',
    help: 'One step of dz/dt = f(z) − z by the classical Runge–Kutta method, of four evaluations.',
    converges: 'where Re λ < 1 for every eigenvalue λ of J, and h is small enough',
    options: flow,
  },
} as const satisfies Readonly<Record<string, MapSettings>>;

import { describe, expect, it } from 'vitest';
import type { KindSettings } from '../numerics/kind.ts';
import { kindSettings } from '../numerics/settings.ts';
import { solverEvents } from '../numerics/settingsOf.ts';
import { changeSetting, defaultExperiment } from './experiment.ts';
import { fieldPaths, fields } from './fields.ts';
import { isRelevant } from './relevance.ts';

const kinds: readonly KindSettings[] = kindSettings;

const relevantOf = (method: string, section: 'solver' | 'backward'): string[] => {
  const path = section === 'solver' ? 'solver.method' : 'backward.solver';
  const { experiment } = changeSetting(defaultExperiment, path, method);
  return fieldPaths.filter(
    (one) =>
      one.startsWith(`${section}.`) &&
      !['solver.map', 'solver.start'].includes(one) &&
      isRelevant(one, experiment),
  );
};

describe('settings of solver kinds', () => {
  it('stand in the order that each kind gives them', () => {
    const common = ['tolerance', 'stopMode', 'convention', 'maxIterations'];
    for (const { id, options } of kinds) {
      const own = ['method', ...Object.keys(options), ...common];
      expect(relevantOf(id, 'solver'), id).toEqual(own.map((name) => `solver.${name}`));
    }
    for (const { id, adjoint } of kinds) {
      if (!adjoint) continue;
      const own = ['method', 'solver', 'tolerance', 'maxIterations'];
      const names = [...own, ...Object.keys(adjoint.options)];
      expect(relevantOf(id, 'backward'), id).toEqual(names.map((name) => `backward.${name}`));
    }
  });

  it('take no name that means something else in their section', () => {
    const fixed = {
      solver: ['method', 'map', 'tolerance', 'stopMode', 'convention', 'maxIterations'],
      backward: [
        ...['method', 'solver', 'tolerance', 'maxIterations'],
        ...['terms', 'steps', 'damping'],
      ],
    };
    for (const { id, options, adjoint } of kinds) {
      for (const [name, field] of Object.entries(options)) {
        expect(fixed.solver, id).not.toContain(name);
        // Kinds that share a name share the field: there is one control and one value.
        expect(fields.solver[name as keyof typeof fields.solver], `${id}.${name}`).toBe(field);
      }
      for (const [name, field] of Object.entries(adjoint?.options ?? {})) {
        expect(fixed.backward, id).not.toContain(name);
        expect(fields.backward[name as keyof typeof fields.backward], `${id}.${name}`).toBe(field);
      }
    }
  });

  it('tell an event that kinds share in the same words', () => {
    for (const { id, events } of kinds)
      for (const [name, words] of Object.entries(events))
        expect(solverEvents[name as keyof typeof solverEvents], `${id}: ${name}`).toEqual(words);
  });

  it('are left to the library where its convention decides', () => {
    const { experiment } = changeSetting(defaultExperiment, 'solver.convention', 'torchdeq');
    expect(isRelevant('solver.window', experiment)).toBe(true);
    expect(isRelevant('solver.ridge', experiment)).toBe(false);
    expect(isRelevant('solver.ridgeMode', experiment)).toBe(false);
  });
});

import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { TraceLine } from '../../../charts/frame.ts';
import { useApp } from '../../../store/context.ts';
import { isShown } from '../../../store/solve/pins.ts';
import { shownExperiment } from '../../../store/solve/shown.ts';
import { traceNames } from '../../../store/solve/traceNames.ts';
import { besides, palette } from '../../../theme/palette.ts';

/** The traces beside the one on screen, with names that tell all of them apart. */
export function useTraceLines(): { readonly lines: readonly TraceLine[]; readonly name: string } {
  const pass = useApp((state) => state.pass);
  const experiment = useApp(shownExperiment);
  const branch = useApp((state) => (state.pass === 'forward' ? state.branch : null));
  const pins = useApp(
    useShallow((state) => state.pins.filter((pin) => pin.pass === pass && !isShown(pin, state))),
  );
  return useMemo(() => {
    // A pinned parent is drawn already.
    const end = branch?.parent.records.at(-1);
    const drawn = pins.some((pin) => pin.records.at(-1) === end);
    const parent = branch && !drawn ? { ...branch.parent, pass } : null;
    const [name = '', ...names] = traceNames([
      { experiment, branch, pass },
      ...pins,
      ...(parent ? [parent] : []),
    ]);
    const lines = pins.map((pin, index): TraceLine => {
      const { stroke, dash } = besides[pin.slot] ?? palette.second;
      const { slot, faint, records } = pin;
      return { key: `pin ${String(slot)}`, name: names[index] ?? '', stroke, dash, faint, records };
    });
    if (!parent) return { lines, name };
    const { stroke, dash } = palette.current;
    const { records } = parent;
    const last = { key: 'parent', name: names.at(-1) ?? '', stroke, dash, faint: true, records };
    return { lines: [...lines, last], name };
  }, [pins, branch, experiment, pass]);
}

import type { MemoryParts } from '../../src/engine/protocol/protocol.ts';

/** What bytes are for, from the left of a bar to its right: colour and hatch tell them apart. */
export const memoryKinds: readonly {
  readonly part: keyof MemoryParts;
  readonly name: string;
  readonly colour: string;
  /** Lines of the hatch in an 8 × 8 tile; none means plain. */
  readonly hatch: string;
}[] = [
  { part: 'weights', name: 'weights & optimizer', colour: 'var(--series-6)', hatch: '' },
  {
    part: 'activations',
    name: 'saved activations',
    colour: 'var(--series-1)',
    hatch: 'M-2 2L2-2M0 8L8 0M6 10L10 6',
  },
  {
    part: 'forwardHistory',
    name: 'forward solver',
    colour: 'var(--series-5)',
    hatch: 'M2 0V8M6 0V8',
  },
  {
    part: 'backwardHistory',
    name: 'backward solver',
    colour: 'var(--series-4)',
    hatch: 'M-2 6L2 10M0 0L8 8M6-2L10 2',
  },
  { part: 'transient', name: 'transient', colour: 'var(--series-3)', hatch: 'M0 2H8M0 6H8' },
];

/** The hatches, for `fill="url(#id-part)"`; `light` ones, for predictions, with `id-part-light`. */
export function MemoryHatches({ id }: { readonly id: string }) {
  return (
    <defs>
      {memoryKinds.flatMap(({ part, colour, hatch }) =>
        [false, true].map((light) => (
          <pattern
            key={`${part}${String(light)}`}
            id={`${id}-${part}${light ? '-light' : ''}`}
            width="8"
            height="8"
            patternUnits="userSpaceOnUse"
          >
            <rect width="8" height="8" fill={colour} fillOpacity={light ? 0.22 : 1} />
            <path
              d={hatch}
              stroke={light ? colour : 'var(--page)'}
              strokeWidth={light ? 1 : 1.4}
              strokeOpacity={light ? 0.7 : 0.55}
            />
          </pattern>
        )),
      )}
    </defs>
  );
}

/** Names of the kinds, each beside its hatch. */
export function MemoryLegend({
  id,
  className,
}: {
  readonly id: string;
  readonly className: string;
}) {
  return (
    <ul className={className}>
      {memoryKinds.map(({ part, name }) => (
        <li key={part}>
          <svg width="13" height="13" aria-hidden>
            <rect width="13" height="13" rx="2" fill={`url(#${id}-${part})`} />
          </svg>
          {name}
        </li>
      ))}
      <li>
        <svg width="13" height="13" aria-hidden>
          <path d="M6.5 0V13" stroke="var(--text)" strokeWidth="2.5" />
        </svg>
        analytic
      </li>
    </ul>
  );
}

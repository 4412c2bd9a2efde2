import { markerPaths } from '../../charts/markers.ts';
import { greyLook, type RunLook } from './looks.ts';

/** How a run is drawn, in small: its colour, its dash and its shape. */
export function Swatch({ look }: { readonly look: RunLook | null }) {
  return (
    <svg width="28" height="12" aria-hidden>
      <path
        d="M0 6H28"
        stroke={(look ?? greyLook).stroke}
        strokeDasharray={(look ?? greyLook).dash}
        strokeWidth={look ? 2.2 : 1}
      />
      {look && (
        <path
          d={markerPaths[look.marker]}
          transform="translate(14 6)"
          fill="var(--page)"
          stroke={look.stroke}
          strokeWidth="1.8"
        />
      )}
    </svg>
  );
}

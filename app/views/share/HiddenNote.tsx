import { useApp } from '../../store/context.ts';
import { Banner } from '../../ui/Banner.tsx';
import { partName } from './partNames.ts';

const MOST = 4;

/** Says that the page is not whole, and makes it so: whoever got a teacher's link shouldn't search in vain. */
export default function HiddenNote() {
  const hidden = useApp((state) => state.hidden);
  const showAll = useApp((state) => state.showAll);
  const names = hidden.slice(0, MOST).map(partName);
  const more = hidden.length - names.length;
  return (
    <Banner
      kind="notice"
      actions={
        <button type="button" onClick={showAll}>
          Show all
        </button>
      }
    >
      This link leaves some controls out: {names.join(', ')}
      {more > 0 && ` and ${String(more)} more`}.
    </Banner>
  );
}

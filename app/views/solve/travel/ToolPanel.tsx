import type { Tool } from '../../../store/solve/explore.ts';
import { useAppStore } from '../../../store/context.ts';
import { Popover } from '../../../ui/Popover.tsx';
import { ForkPanel } from './ForkPanel.tsx';
import { PerturbPanel } from './PerturbPanel.tsx';
import { UntilPanel } from './UntilPanel.tsx';

const panels = {
  fork: { title: 'Fork from here', Panel: ForkPanel },
  perturb: { title: 'Perturb z', Panel: PerturbPanel },
  until: { title: 'Run until', Panel: UntilPanel },
} as const;

/** The panel of a tool beside its button. */
export default function ToolPanel({ tool }: { readonly tool: Tool }) {
  const { openTool } = useAppStore().getState();
  const { title, Panel } = panels[tool];
  const close = (): void => {
    openTool(null);
  };
  return (
    <Popover key={tool} title={title} anchor={`[data-tool="${tool}"]`} onClose={close}>
      <Panel onClose={close} />
    </Popover>
  );
}

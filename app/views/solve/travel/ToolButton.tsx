import type { ReactNode } from 'react';
import { useApp, useAppStore } from '../../../store/context.ts';
import type { Tool } from '../../../store/solve/explore.ts';

/** A button that opens and closes a small panel beside itself. */
export function ToolButton(props: {
  readonly tool: Tool;
  readonly className?: string | undefined;
  readonly label?: string;
  readonly title: string;
  readonly disabled: boolean;
  readonly children: ReactNode;
}) {
  const { tool, className, label, title, disabled } = props;
  const open = useApp((state) => state.tool === tool);
  const { openTool } = useAppStore().getState();
  return (
    <button
      type="button"
      className={className}
      data-tool={tool}
      aria-haspopup="dialog"
      aria-expanded={open}
      aria-label={label}
      title={title}
      disabled={disabled}
      onClick={() => {
        openTool(open ? null : tool);
      }}
    >
      {props.children}
    </button>
  );
}

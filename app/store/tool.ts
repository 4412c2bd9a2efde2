/** Small panels that hang from a button, one at a time. */
export type Tool = 'fork' | 'perturb' | 'until';

/** Which of them is open. */
export interface ToolSlice {
  readonly tool: Tool | null;
  readonly openTool: (tool: Tool | null) => void;
}

import { Component, type ReactNode } from 'react';

/** What is drawn in the place of what failed. */
export interface FallbackProps {
  readonly error: unknown;
  /** Draws what failed once more. */
  readonly resetErrorBoundary: () => void;
}

interface Props {
  readonly children: ReactNode;
  readonly fallback: (failure: FallbackProps) => ReactNode;
  readonly onError?: (error: unknown) => void;
  /** Called before it is drawn once more. */
  readonly onReset?: () => void;
}

/** Draws something else in the place of what fails to draw, so that the rest of the page stays. */
export class ErrorBoundary extends Component<
  Props,
  { readonly failed: { error: unknown } | null }
> {
  override state: { readonly failed: { error: unknown } | null } = { failed: null };

  static getDerivedStateFromError(error: unknown) {
    return { failed: { error } };
  }

  override componentDidCatch(error: unknown): void {
    this.props.onError?.(error);
  }

  readonly reset = (): void => {
    this.props.onReset?.();
    this.setState({ failed: null });
  };

  override render(): ReactNode {
    const { failed } = this.state;
    if (!failed) return this.props.children;
    return this.props.fallback({ error: failed.error, resetErrorBoundary: this.reset });
  }
}

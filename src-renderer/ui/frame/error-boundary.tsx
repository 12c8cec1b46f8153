import { TriangleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { Button } from '../button.tsx';
import { Empty } from '../empty.tsx';

interface State {
  readonly error: Error | null;
}

/** Keeps a defect on one page from taking the window down. A class, because React has no other way. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <div role="alert">
        <Empty
          icon={TriangleAlert}
          title="This page could not be shown"
          actions={
            <>
              <Button kind="primary" onClick={() => this.setState({ error: null })}>
                Try again
              </Button>
              <Button onClick={() => location.reload()}>Reload</Button>
            </>
          }
        >
          That is a defect in LLMLab; your ledger is not touched. It said: {error.message}
        </Empty>
      </div>
    );
  }
}

import { Component, type ReactNode } from "react";

import { Button } from "@/ui/controls/Button";
import { Empty } from "@/ui/layout/States";
import { t } from "./text";

/** Stands in for what failed to draw or could not be fetched after an update, until `at` is another address. */
export class Crash extends Component<{ at?: string; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidUpdate({ at }: { at?: string }): void {
    if (at !== this.props.at && this.state.failed) this.setState({ failed: false });
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div role="alert">
        <Empty page icon="alert" title={t("app.crashed")} hint={t("app.crashed_hint")}>
          <Button
            kind="primary"
            onClick={() => {
              location.reload();
            }}
          >
            {t("app.reload")}
          </Button>
        </Empty>
      </div>
    );
  }
}

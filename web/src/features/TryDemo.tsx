import { reason } from "@/api/client";
import { useDemo } from "@/api/sources/batches";
import { t } from "@/lib/text";
import { Button } from "@/ui/controls/Button";
import { sayError } from "@/ui/layout/Toasts";

/** Makes the demo athlete, an athlete of its own, and leads to it. */
export function TryDemo() {
  const demo = useDemo();
  return (
    <Button
      busy={demo.isPending || demo.isSuccess}
      onClick={() => {
        demo.mutate(undefined, {
          onError: (error) => {
            sayError(reason(error));
          },
        });
      }}
    >
      {t("activities.demo")}
    </Button>
  );
}

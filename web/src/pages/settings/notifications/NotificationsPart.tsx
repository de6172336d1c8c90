import { useNoticeSettings } from "@/api/notices/notices";
import { Part } from "@/pages/settings/Part";
import { t as common } from "@/pages/settings/text";
import { Failure, Waiting } from "@/ui/layout/States";
import { ConfirmByLink } from "./ConfirmAddress";
import { Channels } from "./Channels";
import { Grid } from "./Grid";
import { t } from "./text";
import { ThisDevice } from "./ThisDevice";
import { When } from "./When";

/** Which notifications are sent to somebody, where to, and when. */
export function NotificationsPart() {
  const { data, error, refetch } = useNoticeSettings();
  return (
    <Part title={common("settings.notifications")} lead={t("notify.lead")}>
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Waiting>
          <div className="skeleton h-60" />
        </Waiting>
      ) : (
        <div className="flex flex-col gap-8">
          <ConfirmByLink channels={data.channels} />
          <ThisDevice />
          <Channels channels={data.channels} ways={data.ways} />
          {data.channels.length > 0 && (
            <>
              <Grid kinds={data.kinds} channels={data.channels} />
              <When wishes={data.wishes} />
            </>
          )}
        </div>
      )}
    </Part>
  );
}

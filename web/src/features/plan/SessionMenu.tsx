import { useState } from "react";

import type { PlanSession } from "@/api/coach/plans";
import { Button, IconButton } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { TextField } from "@/ui/controls/Field";
import { Menu, MenuItem } from "@/ui/controls/Menu";
import { dropping, easing, moving, scaling, type DraftChange } from "./draft";
import { t } from "./text";

const [SHORTER, LONGER] = [0.8, 1.2];

/** What can be done to a session without dragging it. */
export function SessionMenu({
  session,
  edit,
  now,
}: {
  session: PlanSession;
  edit: (change: DraftChange) => void;
  now: string;
}) {
  const [moves, setMoves] = useState(false);
  const { id, title } = session;
  return (
    <>
      <Menu
        button={(wiring) => <IconButton name={t("grid.acts", { title })} icon="more" className="-my-1" {...wiring} />}
      >
        <MenuItem
          icon="calendar"
          onClick={() => {
            setMoves(true);
          }}
        >
          {t("grid.move")}
        </MenuItem>
        <MenuItem
          icon="minus"
          onClick={() => {
            edit(scaling(id, SHORTER));
          }}
        >
          {t("grid.shorter")}
        </MenuItem>
        <MenuItem
          icon="plus"
          onClick={() => {
            edit(scaling(id, LONGER));
          }}
        >
          {t("grid.longer")}
        </MenuItem>
        {session.hard && (
          <MenuItem
            icon="down"
            onClick={() => {
              edit(easing(id));
            }}
          >
            {t("grid.easy")}
          </MenuItem>
        )}
        <MenuItem
          icon="trash"
          danger
          onClick={() => {
            edit(dropping(id));
          }}
        >
          {t("grid.drop")}
        </MenuItem>
      </Menu>
      {moves && (
        <MoveTo
          session={session}
          now={now}
          onClose={() => {
            setMoves(false);
          }}
          onMove={(day) => {
            edit(moving(id, day));
            setMoves(false);
          }}
        />
      )}
    </>
  );
}

function MoveTo({
  session,
  now,
  onClose,
  onMove,
}: {
  session: PlanSession;
  now: string;
  onClose: () => void;
  onMove: (day: string) => void;
}) {
  const [day, setDay] = useState(session.date);
  return (
    <Dialog title={t("grid.move_title", { title: session.title })} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          onMove(day);
        }}
      >
        <TextField
          label={t("grid.day")}
          type="date"
          required
          min={now}
          value={day}
          onChange={(event) => {
            setDay(event.target.value);
          }}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("app.cancel")}</Button>
          <Button type="submit" kind="primary">
            {t("grid.move")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

import { expect, test } from "vitest";

import { answersOf, bodyOf, keyOf } from "./form";

test("a provider is named in addresses as it is called, unlike any other", () => {
  expect(keyOf("Pocket ID (Zuhause)", [])).toBe("pocket-id-zuhause");
  expect(keyOf("Home", ["home", "home-2"])).toBe("home-3");
  expect(keyOf("名", [])).toBe("provider");
  expect(keyOf("env", [])).toBe("env-2");
});

test("a secret that was not touched is not sent, and lists come apart at commas", () => {
  const body = bodyOf("home", {
    ...answersOf(null),
    name: " Home ",
    admin_groups: "boss,  family ,",
    invited: "a@b.c\nd@e.f",
  });
  expect("client_secret" in body).toBe(false);
  expect(body.name).toBe("Home");
  expect(body.admin_groups).toEqual(["boss", "family"]);
  expect(body.invited).toEqual(["a@b.c", "d@e.f"]);
  expect(bodyOf("home", { ...answersOf(null), client_secret: "" }).client_secret).toBe("");
});

import { Suspense, type ComponentProps } from "react";
import { later } from "@/lib/later";

const Text = later(() => import("./later/sold-with"));

/** What a place is sold with only, once its text is there. */
export const SoldWith = (props: ComponentProps<typeof Text>) => (
  <Suspense>
    <Text {...props} />
  </Suspense>
);

import { createContext, type ReactNode } from "react";
import type { EventSummary } from "@/api/types";

/** What can be done with an event on its picture, from another feature: the app says. */
export const CardAction = createContext<(event: Pick<EventSummary, "id" | "title">) => ReactNode>(() => null);

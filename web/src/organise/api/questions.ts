import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import type { OwnQuestions } from "./types";

export function questionsQuery(org: string, event: string) {
  return queryOptions({
    queryKey: ["organisation", org, "questions", event],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/events/{event}/questions", { params: { path: { org, event } }, signal }),
      ),
  });
}

/** Sets all questions, unless somebody else has changed them since `version`. */
export function putQuestions(
  org: string,
  event: string,
  version: string,
  questions: OwnQuestions["questions"],
): Promise<OwnQuestions> {
  return unwrap(
    api.PUT("/api/v1/organisations/{org}/events/{event}/questions", {
      params: { path: { org, event }, header: { "If-Match": `"${version}"` } },
      body: { questions },
    }),
  );
}

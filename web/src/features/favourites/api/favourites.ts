import { api, unwrap } from "@/api/client";
import type { FollowedVenue, MyFavourites } from "@/api/types";

export function getFavourites(): Promise<MyFavourites> {
  return unwrap(api.GET("/api/v1/me/favourites"));
}

/** Adds what this browser kept for a guest to the account's; what exists no more is left out. */
export function mergeFavourites(eventIds: readonly string[], venues: readonly FollowedVenue[]): Promise<MyFavourites> {
  const body = { eventIds: [...eventIds], venues: venues.map(({ slug }) => slug) };
  return unwrap(api.POST("/api/v1/me/favourites", { body }));
}

export async function putFavourite(eventId: string, isMarked: boolean): Promise<void> {
  const options = { params: { path: { eventId } } };
  await (isMarked
    ? unwrap(api.PUT("/api/v1/me/favourites/{eventId}", options))
    : unwrap(api.DELETE("/api/v1/me/favourites/{eventId}", options)));
}

export async function putFollowed(slug: string, isMarked: boolean): Promise<void> {
  const options = { params: { path: { slug } } };
  await (isMarked
    ? unwrap(api.PUT("/api/v1/me/followed-venues/{slug}", options))
    : unwrap(api.DELETE("/api/v1/me/followed-venues/{slug}", options)));
}

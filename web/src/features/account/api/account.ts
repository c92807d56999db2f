import { api, unwrap } from "@/api/client";
import type { Profile } from "@/api/types";
import { adoptSession, changeProfile, endSession } from "@/session/session";

/** Signs in; sent with a guest's token, so that what the guest holds comes along. */
export async function login(email: string, password: string): Promise<void> {
  adoptSession(await unwrap(api.POST("/api/v1/auth/login", { body: { email, password } })));
}

/** A new account; a guest who registers becomes it and keeps all bookings. */
export async function register(name: string, email: string, password: string): Promise<void> {
  adoptSession(await unwrap(api.POST("/api/v1/auth/register", { body: { name, email, password } })));
}

export async function rename(name: string): Promise<Profile> {
  const profile = await unwrap(api.PATCH("/api/v1/me", { body: { name } }));
  changeProfile(profile);
  return profile;
}

/** Another password; all other sessions of the account end. */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await unwrap(api.PATCH("/api/v1/me/password", { body: { currentPassword, newPassword } }));
}

/** Deletes the account for good, and with it this session. */
export async function deleteAccount(password: string): Promise<void> {
  await unwrap(api.DELETE("/api/v1/me", { body: { password } }));
  endSession();
}

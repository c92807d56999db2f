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

/** Mails a link to set another password, if there is such an account. */
export async function forgotPassword(email: string): Promise<void> {
  await unwrap(api.POST("/api/v1/auth/password/forgot", { body: { email } }));
}

/** Another password by a mailed link; all sessions of the account end. */
export async function resetPassword(token: string, newPassword: string): Promise<void> {
  await unwrap(api.POST("/api/v1/auth/password/reset", { body: { token, newPassword } }));
}

/** Confirms the address that a link was mailed to. */
export async function verifyEmail(token: string): Promise<void> {
  await unwrap(api.POST("/api/v1/auth/email/verify", { body: { token } }));
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

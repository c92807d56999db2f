import { useLocation } from "@tanstack/react-router";
import { ForgotPasswordPage } from "@/features/account/components/forgot-password-page";
import { ResetPasswordPage } from "@/features/account/components/reset-password-page";
import { VerifyEmailPage } from "@/features/account/components/verify-email-page";

export function ForgotPasswordRoute() {
  return <ForgotPasswordPage />;
}

export function ResetPasswordRoute() {
  return <ResetPasswordPage token={useToken()} />;
}

export function VerifyEmailRoute() {
  return <VerifyEmailPage token={useToken()} />;
}

/** The part of the address that no server sees. */
function useToken(): string {
  return useLocation({ select: (location) => location.hash });
}

import { useSearch } from "@tanstack/react-router";
import { LoginForm } from "@/features/account/components/login-form";
import { useWayOn } from "../use-way-on";

export default function LoginRoute() {
  const { to } = useSearch({ from: "/login" });
  return <LoginForm to={to} onDone={useWayOn(to)} />;
}

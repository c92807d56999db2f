export { default as LoginRoute } from "./login-route";
export { default as ProfileRoute } from "./profile-route";
export { default as RegisterRoute } from "./register-route";

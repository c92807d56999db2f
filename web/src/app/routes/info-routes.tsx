import { InfoPage } from "@/features/info/components/info-page";

export const HelpRoute = () => <InfoPage name="help" />;
export const TermsRoute = () => <InfoPage name="terms" />;
export const PrivacyRoute = () => <InfoPage name="privacy" />;
export const ImprintRoute = () => <InfoPage name="imprint" />;

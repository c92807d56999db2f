import { Landing } from "@/features/events/components/landing";

export default Landing;

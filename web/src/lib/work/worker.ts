import { findNumber, type Challenge } from "./find-number";

self.onmessage = ({ data }: MessageEvent<Challenge>) => self.postMessage(findNumber(data));

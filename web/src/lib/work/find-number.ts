import { sha256 } from "./sha256";

export interface Challenge {
  algorithm: string;
  challenge: string;
  maxnumber: number;
  salt: string;
  signature: string;
}

/** The number whose hash is asked for (ALTCHA's protocol); undefined: there is none. */
export function findNumber({ challenge, maxnumber, salt }: Challenge): number | undefined {
  for (let number = 0; number <= maxnumber; number++) {
    if (sha256(`${salt}${String(number)}`) === challenge) return number;
  }
  return undefined;
}

interface Device {
  userAgent: string;
  maxTouchPoints: number;
}

/**
 * Whether this is a browser of an iPhone or iPad, which has no button for installing: a page can only say how it is
 * done. An iPad says that it is a Mac, and Macs have no touch screens.
 */
export function canInstallBySharing({ userAgent, maxTouchPoints }: Device, isInstalled: boolean): boolean {
  const isApple = /iPhone|iPad/.test(userAgent) || (userAgent.includes("Macintosh") && maxTouchPoints > 1);
  // Other apps show pages in a view of their own that can install nothing.
  return isApple && userAgent.includes("Safari/") && !isInstalled;
}

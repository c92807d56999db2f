/** A colour, beside its name: never alone. */
export function Swatch({ colour, size = 16 }: { colour: string; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <rect x="0.5" y="0.5" width="15" height="15" rx="4" fill={colour} stroke="var(--line-strong)" />
    </svg>
  );
}

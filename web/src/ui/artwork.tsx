import type { EventImage } from "@/api/types";

interface ArtworkProps {
  /** A booked event comes without its picture's address: the drawn one is found by the event's id. */
  event: { id: string; imageUrl?: string; image?: EventImage | null };
  className?: string | undefined;
  /** The largest picture of the page is fetched first; the others when they come near. */
  isFirst?: boolean;
}

/** An event's own image, or the one that the server draws for it; decoration beside its title. */
export function Artwork({ event, className, isFirst = false }: ArtworkProps) {
  return (
    <img
      className={className}
      src={event.imageUrl ?? `/artwork/${event.id}.svg`}
      {...(event.image && ownPicture(event.image))}
      alt=""
      width={1200}
      height={800}
      loading={isFirst ? "eager" : "lazy"}
      fetchPriority={isFirst ? "high" : "auto"}
      decoding="async"
    />
  );
}

/** In the size that the page needs; the server's first view asks for the same set: see PageContent.cs. */
function ownPicture({ base, widths, focusX, focusY, colour }: EventImage) {
  return {
    srcSet: widths.map((width) => `${base}${width}.webp ${width}w`).join(", "),
    sizes: "(min-width: 60em) 50vw, 100vw",
    style: { objectPosition: `${focusX}% ${focusY}%`, backgroundColor: colour },
  };
}

/**
 * Where a picture will be. In the page that the server sends, it puts the picture in: see src/prerender.tsx. In the app
 * it is a plain surface, as browsers draw a frame around an image that has no address.
 */
export function ArtworkSlot({ className }: { className?: string | undefined }) {
  return import.meta.env.SSR ? (
    <img className={className} alt="" width={1200} height={800} data-artwork-slot="" />
  ) : (
    <div className={className} data-artwork-slot="" />
  );
}

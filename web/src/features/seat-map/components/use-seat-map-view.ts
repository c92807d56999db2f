import { useMediaQuery, useReducedMotion } from "@mantine/hooks";
import { useEffect, useRef, useState, type RefObject } from "react";
import { useColorScheme } from "@/ui/color-scheme";
import type { Plan } from "../model/plan";
import { forcedColours, readPalette } from "../render/palette";
import { SeatMapView, type Seen } from "../view/seat-map-view";

/** Where the buttons lie over the map and not below it: as in map-controls.module.css. */
const controlsWithin = "(max-width: 860px)";
/** They stand below the plan then, not on it. */
const controlsPixels = 56;

interface Options {
  plan: Plan;
  tierColours: readonly string[];
  captionOf: (section: number) => string;
}

/** A view on a canvas, as large as its box, in the page's colours. */
export function useSeatMapView(
  box: RefObject<HTMLElement | null>,
  canvas: RefObject<HTMLCanvasElement | null>,
  options: Options,
) {
  const { plan, tierColours, captionOf } = options;
  const [view, setView] = useState<SeatMapView>();
  const [state, setState] = useState<Seen>({
    canZoomIn: true,
    canZoomOut: false,
    isWhole: true,
    canPanDown: false,
    section: -1,
  });
  const colourScheme = useColorScheme();
  const isForced = useMediaQuery(forcedColours);
  const isReduced = useReducedMotion();
  const caption = useRef(captionOf);

  useEffect(() => {
    caption.current = captionOf;
    view?.setMarks({});
  }, [captionOf, view]);

  useEffect(() => {
    const [element, surface] = [box.current, canvas.current];
    if (element === null || surface === null) return;
    const created = new SeatMapView({
      canvas: surface,
      plan,
      palette: readPalette(element, tierColours),
      captionOf: (section) => caption.current(section),
      onMove: (next) =>
        setState((known) =>
          (Object.keys(next) as (keyof Seen)[]).every((key) => known[key] === next[key]) ? known : next,
        ),
    });
    const fit = (): void => {
      const size = { width: element.clientWidth, height: element.clientHeight };
      created.resize(size, Math.min(devicePixelRatio, 2), matchMedia(controlsWithin).matches ? controlsPixels : 0);
    };
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    setView(created);
    return () => {
      observer.disconnect();
      created.dispose();
    };
  }, [plan, tierColours, box, canvas]);

  useEffect(() => {
    if (box.current !== null) view?.setPalette(readPalette(box.current, tierColours));
  }, [view, colourScheme, isForced, tierColours, box]);

  useEffect(() => {
    view?.reduceMotion(isReduced);
  }, [view, isReduced]);

  // Letters that were drawn before the font came are drawn again with it.
  useEffect(() => {
    let isGone = false;
    void document.fonts.ready.then(() => {
      if (!isGone && box.current !== null) view?.setPalette(readPalette(box.current, tierColours));
    });
    return () => {
      isGone = true;
    };
  }, [view, tierColours, box]);

  return { view, ...state };
}

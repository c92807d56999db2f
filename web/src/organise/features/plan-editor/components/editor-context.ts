import { createContext, use } from "react";
import { useStore } from "@/lib/external-store";
import type { Editor, EditorState } from "../editor/editor";
import type { Box } from "../model/geometry";

interface EditorContextValue {
  editor: Editor;
  /** Brings a box of the plan into view. */
  lookAt: (box: Box) => void;
  /** The middle of what is seen, in the plan. */
  middle: () => { x: number; y: number };
}

export const EditorContext = createContext<EditorContextValue | undefined>(undefined);

export function useEditor(): EditorContextValue & { state: EditorState } {
  const value = use(EditorContext);
  if (value === undefined) throw new Error("useEditor is used outside of the editor.");
  const state = useStore(value.editor.store);
  return { ...value, state };
}

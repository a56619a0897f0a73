import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { xml } from "@codemirror/lang-xml";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** Colours are the page's own tokens, so that both themes are right without a script. */
const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--surface)", fontSize: "12px" },
  ".cm-scroller": { fontFamily: "var(--font-mono, monospace)", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": {
    backgroundColor: "var(--raised)",
    color: "var(--muted)",
    borderRight: "1px solid var(--line)",
  },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-1px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, ::selection": {
    backgroundColor: "var(--accent-soft)",
  },
  "&.cm-merge-a .cm-changedLine, .cm-deletedChunk": { backgroundColor: "var(--bad-soft)" },
  "&.cm-merge-b .cm-changedLine, .cm-inlineChangedLine": { backgroundColor: "var(--ok-soft)" },
  "&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText": {
    background: "none",
    textDecoration: "underline",
    textDecorationColor: "var(--bad)",
  },
  "&.cm-merge-b .cm-changedText": {
    background: "none",
    textDecoration: "underline",
    textDecorationColor: "var(--ok)",
  },
  ".cm-collapsedLines": {
    color: "var(--muted)",
    background: "var(--raised)",
    backgroundImage: "none",
  },
  // The library's own sign is in few fonts.
  ".cm-collapsedLines:before, .cm-collapsedLines:after": { content: '"⋯"' },
});

const colours = HighlightStyle.define([
  { tag: [tags.tagName, tags.angleBracket], color: "var(--accent-text)" },
  { tag: tags.attributeName, color: "var(--warn-text)" },
  { tag: tags.attributeValue, color: "var(--ok-text)" },
  { tag: tags.comment, color: "var(--muted)", fontStyle: "italic" },
]);

/** What stands for lines that are folded away; `$` is how many. */
export function foldedWords(words: string): Extension {
  return EditorState.phrases.of({ "$ unchanged lines": words });
}

/** What every view of a definition has: numbers, colours, and a name for screen readers. */
export function xmlExtensions(label: string): Extension[] {
  return [
    lineNumbers(),
    xml(),
    look,
    syntaxHighlighting(colours),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": label }),
  ];
}

/** What an editor has besides. Tab leaves it: nobody is caught in it. */
export function editing(): Extension[] {
  return [
    history(),
    keymap.of([...defaultKeymap, ...historyKeymap]),
    EditorView.contentAttributes.of({ tabindex: "0" }),
  ];
}

/** What a view has that only shows. It can be reached and scrolled by keyboard. */
export function readOnly(): Extension[] {
  return [
    EditorView.editable.of(false),
    EditorView.contentAttributes.of({ tabindex: "0", role: "textbox", "aria-readonly": "true" }),
  ];
}

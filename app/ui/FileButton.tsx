import { FileUp } from 'lucide-react';
import { useRef } from 'react';

/** A button that has the visitor choose a file. */
export function FileButton({
  words,
  title,
  accept,
  label,
  disabled,
  onFile,
}: {
  readonly words: string;
  readonly title: string | undefined;
  /** As of an `input`'s own attribute. */
  readonly accept: string;
  /** Names the hidden input. */
  readonly label: string;
  readonly disabled?: boolean;
  readonly onFile: (file: File) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        title={title}
        disabled={disabled}
        onClick={() => input.current?.click()}
      >
        <FileUp size={15} aria-hidden />
        {words}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        aria-label={label}
        onChange={({ target }) => {
          const [first] = target.files ?? [];
          if (first) onFile(first);
          // The same file may be chosen again after it was edited.
          target.value = '';
        }}
      />
    </>
  );
}

import { useState, type ComponentProps } from 'react';

/**
 * A button that may go off as it is pressed. Where it has the keys it keeps them, and is off in name only
 * (`aria-disabled`) until they leave it: a browser takes them from a disabled button, and they would be nowhere.
 * A pointer needs no such care.
 */
export function SteadyButton({
  disabled = false,
  onClick,
  ...rest
}: Omit<ComponentProps<'button'>, 'type' | 'onFocus' | 'onBlur' | 'onKeyDown' | 'aria-disabled'>) {
  const [keyed, setKeyed] = useState(false);
  return (
    <button
      {...rest}
      type="button"
      disabled={disabled && !keyed}
      aria-disabled={(disabled && keyed) || undefined}
      onClick={disabled ? undefined : onClick}
      onFocus={({ currentTarget }) => {
        setKeyed(currentTarget.matches(':focus-visible'));
      }}
      onKeyDown={({ key }) => {
        if (key === 'Enter' || key === ' ') setKeyed(true);
      }}
      onBlur={() => {
        setKeyed(false);
      }}
    />
  );
}

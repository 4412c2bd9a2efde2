import { Toaster } from 'sonner';
import styles from './Toasts.module.css';

export { toast } from 'sonner';

/** Where things are said; also those said before it was loaded. */
export default function Toasts() {
  return (
    <Toaster
      theme="light"
      position="bottom-right"
      offset={44}
      mobileOffset={{ bottom: 128 }}
      closeButton
      className={styles['toaster'] ?? ''}
    />
  );
}

/** Stands above everything as long as requests may be missing, whatever else is shown. */
export const AccessNotice = ({ onAllow }: { readonly onAllow: () => void }) => (
  <div class="notice" role="status">
    <p><b>Requests may be missing.</b> The browser hides what happens at sites that this extension may not access. Allow access to all sites to record every request.</p>
    <button type="button" class="prime" onClick={onAllow}>Allow access</button>
  </div>
);

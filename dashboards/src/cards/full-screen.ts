import type { ReactiveController, ReactiveControllerHost } from "lit";

type Host = ReactiveControllerHost & HTMLElement;

/** Whether an address asks for a card alone on the screen (S173). */
export function isKiosk(address: string): boolean {
  return new URLSearchParams(address).has("kiosk");
}

/**
 * A card alone on the whole screen. The card lies above the page as a popover, so
 * that dialogs still open above it; the browser itself is put into full screen where
 * somebody has pressed a button, which an address alone may not do.
 */
export class FullScreen implements ReactiveController {
  isOn = false;

  constructor(private readonly host: Host) {
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener("fullscreenchange", this.follow);
    document.addEventListener("keydown", this.escape);
  }

  hostDisconnected(): void {
    document.removeEventListener("fullscreenchange", this.follow);
    document.removeEventListener("keydown", this.escape);
    if (this.isOn) this.leave();
  }

  /** Cover the window; with `isWhole` the browser hides everything else, too. */
  enter(isWhole: boolean): void {
    if (this.isOn) return;
    this.set(true);
    if (isWhole) {
      // A browser that refuses leaves the card covering the window.
      void document.documentElement.requestFullscreen?.().catch(() => undefined);
    }
  }

  leave(): void {
    this.set(false);
    if (document.fullscreenElement) void document.exitFullscreen();
  }

  private set(isOn: boolean): void {
    this.isOn = isOn;
    const { host } = this;
    host.toggleAttribute("full", isOn);
    host.popover = isOn ? "manual" : null;
    if (isOn && host.isConnected) host.showPopover();
    host.requestUpdate();
  }

  private readonly follow = () => {
    if (this.isOn && !document.fullscreenElement) this.set(false);
  };

  private readonly escape = (event: KeyboardEvent) => {
    const isAlone = this.isOn && !document.fullscreenElement;
    if (event.key === "Escape" && isAlone && !event.defaultPrevented) this.set(false);
  };
}

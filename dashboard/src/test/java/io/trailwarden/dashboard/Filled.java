package io.trailwarden.dashboard;

import com.microsoft.playwright.Page;

/// When a page shows what it is for: its sentence, and no part that is still reading. Parts that are hidden do not count:
/// they may never be told.
public final class Filled {

    private static final String SCRIPT = """
            () => !!document.querySelector('h1')?.textContent.trim()
              && ![...document.querySelectorAll('.loading, vaadin-grid[loading]')].some(part => part.checkVisibility())
            """;

    private Filled() {
    }

    /// Waits for it.
    public static void await(Page page) {
        page.waitForFunction(SCRIPT);
    }
}

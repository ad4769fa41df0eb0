package io.trailwarden.dashboard;

import com.microsoft.playwright.Page;

/// When a page shows what it is for: its sentence, and no part that is still reading.
public final class Filled {

    private static final String SCRIPT = """
            () => !!document.querySelector('h1')?.textContent.trim()
              && !document.querySelector('.loading, vaadin-grid[loading], .v-loading-indicator[style*="block"]')
            """;

    private Filled() {
    }

    /// Waits for it.
    public static void await(Page page) {
        page.waitForFunction(SCRIPT);
    }
}

package io.trailwarden.redact;

import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.Set;

/// What a value that stands where secrets stand must pass to be taken for one.
///
/// Values that only refer to a secret, such as `$TOKEN` or `<your password>`, pass no gate but the first: a trail in which
/// those are missing is harder to read and no safer.
enum Gate {

    /// The shape alone tells.
    NONE {
        @Override
        boolean accepts(String value) {
            return true;
        }
    },

    /// Anything but a reference or a placeholder, for places that can hold nothing else.
    PLACEHOLDER {
        @Override
        boolean accepts(String value) {
            return !isPlaceholder(value);
        }
    },

    /// The part behind the colon of `-u name:value`, which may also be a group id or a path on another host.
    USER {
        @Override
        boolean accepts(String value) {
            return !isPlaceholder(value) && !isPath(value) && !isNumber(value) && !GROUPS.contains(value);
        }
    },

    /// Any word that is neither a path, nor code, nor what documentation puts there.
    WORD {
        @Override
        boolean accepts(String value) {
            return !isPlaceholder(value) && !isPath(value) && !isCode(value) && !isShortNumber(value)
                    && !WORDS.contains(value.toLowerCase(Locale.ROOT));
        }
    },

    /// A [#WORD] that is not plain language: it has a digit, a symbol, or capitals in the middle.
    ODD {
        @Override
        boolean accepts(String value) {
            return WORD.accepts(value) && value.length() >= 5 && !isPlainLanguage(value);
        }
    },

    /// Looks random: letters and digits, and few of them repeated.
    RANDOM {
        @Override
        boolean accepts(String value) {
            return value.length() >= 8 && WORD.accepts(value) && !isResourceName(value) && hasDigitAndLetter(value)
                    && entropy(value) >= LEAST_RANDOM;
        }
    };

    /// Bits a character. Eight different characters have 3.0; `my-app-v2` has 2.7 and random base 36 of ten has 3.1.
    private static final double LEAST_RANDOM = 2.9;

    private static final Set<String> GROUPS = Set.of("root", "staff", "wheel", "users", "node", "nobody", "nogroup", "www-data");

    private static final Set<String> WORDS = Set.of("null", "none", "true", "false", "undefined", "empty", "string", "text",
            "required", "optional", "hidden", "prompt", "stdin", "enabled", "disabled", "password", "passwd", "secret", "token",
            "value", "default", "files", "compat", "systemd", "redacted", "masked", "removed", "placeholder", "example",
            "never", "always", "inherit", "write", "read", "generic", "number", "boolean", "integer", "object", "array");

    /// What follows the service in an Amazon resource name: region, account, resource.
    private static final Pattern ARN_REST = Pattern.compile("[a-z]{2}-[a-z-]{4,16}-[0-9]:[0-9]{12}:");

    abstract boolean accepts(String value);

    /// Shannon entropy of `text` in bits a character; 0 for the empty text.
    static double entropy(String text) {
        int[] counts = new int[128];
        int others = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 128) {
                counts[c]++;
            } else {
                others++;
            }
        }
        double bits = share(others, text.length());
        for (int count : counts) {
            bits += share(count, text.length());
        }
        return bits;
    }

    private static double share(int count, int of) {
        if (count == 0) {
            return 0;
        }
        double p = (double) count / of;
        return -p * Math.log(p) / Math.log(2);
    }

    private static boolean isPlaceholder(String value) {
        return value.isBlank() || isReference(value) || isBracketed(value) || value.chars().distinct().count() == 1
                || value.toUpperCase(Locale.ROOT).contains("REDACTED") || value.startsWith("[masked:");
    }

    private static boolean isReference(String value) {
        char first = value.charAt(0);
        if (first == '`' || first == '%') {
            return true;
        }
        if (first != '$' || value.length() < 2) {
            return false;
        }
        char second = value.charAt(1);
        return Character.isLetter(second) || second == '{' || second == '(' || second == '_' || second == '$';
    }

    private static boolean isBracketed(String value) {
        return value.startsWith("<") || value.startsWith("{{") || value.startsWith("{%") || value.startsWith("#{")
                || value.startsWith("\\$") || value.startsWith("...");
    }

    private static boolean isPath(String value) {
        return value.startsWith("/") || value.startsWith("./") || value.startsWith("../") || value.startsWith("~/")
                || value.startsWith("file:") || value.startsWith("http://") || value.startsWith("https://");
    }

    /// `os.getenv("X")`, `process.env.X`, `config.database.password`, `id=npmrc,src=...`.
    private static boolean isCode(String value) {
        return value.indexOf('(') >= 0 || value.startsWith("process.env") || value.startsWith("os.environ")
                || value.startsWith("env.") || value.startsWith("id=") || value.startsWith("type=") || value.startsWith("--")
                || value.startsWith("==") || isDottedName(value);
    }

    private static boolean isDottedName(String value) {
        return value.indexOf('.') > 0
                && value.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '.' || c == '[' || c == ']');
    }

    private static boolean isResourceName(String value) {
        return value.startsWith("projects/") || value.startsWith("arn:") || value.startsWith("secrets/") || value.startsWith("sha256:")
                || ARN_REST.matcher(value).lookingAt();
    }

    private static boolean isNumber(String value) {
        return value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isShortNumber(String value) {
        return value.length() < 6 && isNumber(value);
    }

    private static boolean isPlainLanguage(String value) {
        return value.chars().skip(1).allMatch(c -> Character.isLowerCase(c) || c == '-' || c == '_' || c == '.' || c == '!' || c == '?'
                || c == ' ');
    }

    /// Whether `value` has both a digit and a letter.
    static boolean hasDigitAndLetter(String value) {
        return value.chars().anyMatch(c -> c >= '0' && c <= '9') && value.chars().anyMatch(Character::isLetter);
    }
}

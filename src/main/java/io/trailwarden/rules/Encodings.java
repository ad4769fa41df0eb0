package io.trailwarden.rules;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// What a text of a rule looks like after an encoding: the modifiers `base64`, `utf16`, `windash` and their kin.
final class Encodings {

    private static final char[] DASHES = {'-', '/', '\u2013', '\u2014', '\u2015'};
    /// Which characters of the base64 text depend on the text alone, for the three places it may begin at.
    private static final int[] BEGIN = {0, 2, 3};
    private static final int[] END = {0, 3, 2};

    private Encodings() {
    }

    static SigmaText base64(SigmaText text, YamlNode at) {
        return SigmaText.literal(Base64.getEncoder().encodeToString(bytes(text, at)));
    }

    /// The three texts that stand for `text` inside the base64 form of something longer.
    static List<SigmaText> base64Offset(SigmaText text, YamlNode at) {
        byte[] bytes = bytes(text, at);
        var forms = new ArrayList<SigmaText>();
        for (int offset = 0; offset < 3; offset++) {
            byte[] shifted = new byte[offset + bytes.length];
            System.arraycopy(bytes, 0, shifted, offset, bytes.length);
            var encoded = Base64.getEncoder().encodeToString(shifted);
            int end = encoded.length() - END[shifted.length % 3];
            forms.add(SigmaText.literal(encoded.substring(Math.min(BEGIN[offset], end), end)));
        }
        return forms;
    }

    /// The text in UTF-16, as bytes, for an encoding that follows.
    static SigmaText utf16(SigmaText text, Charset charset, String mark, YamlNode at) {
        if (text.hasWildcard()) {
            throw new InvalidRule(at, "a value with wildcards cannot be encoded: '" + text.chars() + "'");
        }
        var chars = mark + new String(text.chars().getBytes(charset), StandardCharsets.ISO_8859_1);
        return new SigmaText(chars, new boolean[chars.length()], true);
    }

    private static byte[] bytes(SigmaText text, YamlNode at) {
        if (text.hasWildcard()) {
            throw new InvalidRule(at, "a value with wildcards cannot be encoded: '" + text.chars() + "'");
        }
        return text.chars().getBytes(text.bytes() ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    /// Every way to write the dashes that begin a word.
    static List<SigmaText> dashes(SigmaText text, YamlNode at) {
        List<SigmaText> forms = new ArrayList<>();
        forms.add(text);
        var chars = text.chars();
        for (int i = 0; i < chars.length(); i++) {
            if (!text.wild()[i] && beginsWord(chars, i)) {
                forms = withDashAt(forms, i);
                Scope.check(forms.size(), at);
            }
        }
        return forms;
    }

    private static boolean beginsWord(String chars, int i) {
        boolean dash = chars.charAt(i) == '-' || chars.charAt(i) == '/';
        return dash && (i == 0 || !isWord(chars.charAt(i - 1))) && i + 1 < chars.length() && isWord(chars.charAt(i + 1));
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static List<SigmaText> withDashAt(List<SigmaText> forms, int index) {
        var more = new ArrayList<SigmaText>();
        for (var form : forms) {
            for (char dash : DASHES) {
                var chars = form.chars().substring(0, index) + dash + form.chars().substring(index + 1);
                more.add(new SigmaText(chars, form.wild(), form.bytes()));
            }
        }
        return more;
    }
}

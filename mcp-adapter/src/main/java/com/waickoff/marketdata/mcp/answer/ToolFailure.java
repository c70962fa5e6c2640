package com.waickoff.marketdata.mcp.answer;

/**
 * A tool has no answer. The text is for the model: what is the matter, and what to do next; never a
 * path, a URI or the words of an exception.
 */
public final class ToolFailure extends Exception {
    private static final long serialVersionUID = 1;

    private static final int MAX_LENGTH = 600;
    private static final int MAX_ECHO_LENGTH = 64;

    private final ErrorCode code;
    private final String text;

    /**
     * A failure.
     *
     * @param sentences what is the matter and what to do next
     */
    public ToolFailure(ErrorCode code, String sentences) {
        super(sentences, null, false, false);
        this.code = code;
        this.text = bounded(code + ": " + sentences, MAX_LENGTH);
    }

    /** Why there is no answer. */
    public ErrorCode code() {
        return code;
    }

    /** {@code CODE: sentences}, at most 600 characters. */
    public String text() {
        return text;
    }

    /** What a client wrote, in quotes, as far as it can be shown on one line. */
    public static String quoted(String given) {
        StringBuilder shown = new StringBuilder("'");
        bounded(given, MAX_ECHO_LENGTH).codePoints().forEach(codePoint -> {
            boolean plain = Character.isDefined(codePoint) && !Character.isISOControl(codePoint)
                    && Character.getType(codePoint) != Character.SURROGATE
                    && Character.getType(codePoint) != Character.FORMAT
                    && Character.getType(codePoint) != Character.LINE_SEPARATOR
                    && Character.getType(codePoint) != Character.PARAGRAPH_SEPARATOR;
            shown.appendCodePoint(plain ? codePoint : '?');
        });
        return shown.append('\'').toString();
    }

    private static String bounded(String text, int length) {
        return text.codePointCount(0, text.length()) <= length ? text
                : text.substring(0, text.offsetByCodePoints(0, length - 1)) + "…";
    }
}

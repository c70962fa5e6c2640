package com.waickoff.marketdata.mcp.answer;

import java.util.function.Function;

/**
 * Writes answers for one kind of client.
 *
 * <p>Threads: any.
 *
 * @param toText writes JSON on one line
 * @param maxBytes what a client's model can take at once, of an answer's text in UTF-8
 */
public record AnswerWriter(Function<Object, String> toText, int maxBytes) {
    /** The answer, below the size limit. */
    public Answer.Written write(Answer answer) {
        return answer.write(toText, maxBytes);
    }
}

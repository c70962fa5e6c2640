package com.waickoff.marketdata.mcp.answer;

/**
 * Writes answers for one kind of client.
 *
 * <p>Threads: any.
 *
 * @param maxBytes what a client's model can take at once, of an answer's JSON in UTF-8
 */
public record AnswerWriter(int maxBytes) {
    /** The answer, below the size limit. */
    public Answer.Written write(Answer answer) {
        return answer.write(maxBytes);
    }
}

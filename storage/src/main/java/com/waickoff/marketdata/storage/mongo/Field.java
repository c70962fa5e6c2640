package com.waickoff.marketdata.storage.mongo;

/** Names of fields that documents of several collections have. */
final class Field {
    /** Version of every document that this program writes. */
    static final int VERSION = 1;

    static final String ID = "_id";
    /** Format version of the document. */
    static final String V = "v";
    /** Journal that it was derived from. */
    static final String JOURNAL = "journal";
    /** Engine sequence of the event that led to it. */
    static final String SEQUENCE = "sequence";
    /** Its place among the effects of that event. */
    static final String ORDINAL = "ordinal";
    /** Id of the definition whose units it is in. */
    static final String DEFINITION = "definition";
    static final String PRICE_SCALE = "price_scale";
    static final String QUANTITY_SCALE = "quantity_scale";
    /** The time that retention and TTL indexes go by. */
    static final String TIME = "time";
    static final String MATCH_NS = "match_ns";
    static final String RECEIVE_NS = "receive_ns";

    private Field() {}
}

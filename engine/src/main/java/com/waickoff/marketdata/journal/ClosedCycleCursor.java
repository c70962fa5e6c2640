package com.waickoff.marketdata.journal;

/** The documents of one closed file, each checked as a whole; it ends where the file does. */
final class ClosedCycleCursor implements JournalCursor {
    private final CycleFile file;
    private final Checksum checksum = new Checksum();

    ClosedCycleCursor(CycleFile file) {
        this.file = file;
    }

    @Override
    public boolean next() {
        int state = file.next();
        if (state == CycleFile.CLOSED) {
            return false;
        }
        if (state != CycleFile.DOCUMENT) {
            throw new JournalException(file.endPlace()
                    + ": the file does not end as it should: it is still written, or damaged");
        }
        String fault = JournalFormat.fault(file.queue(), address(), length());
        if (fault == null && !checksum.isSealed(address(), length())) {
            fault = "its checksum is wrong";
        }
        if (fault != null) {
            throw new JournalException(place() + ": " + fault);
        }
        return true;
    }

    @Override
    public long address() {
        return file.address();
    }

    @Override
    public int length() {
        return file.length();
    }

    @Override
    public String place() {
        return file.place();
    }

    @Override
    public void toCycleOf(long sequence) {
        throw new UnsupportedOperationException("one file only");
    }

    @Override
    public void close() {
        file.close();
    }
}

package com.waickoff.marketdata.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
    @Test
    void shouldStoreLittleEndianAtAnyAlignment() {
        try (Arena arena = Arena.ofConfined()) {
            long address = arena.allocate(32, 8).address() + 1;
            NativeMemory.putLong(address, 0x1122334455667788L);
            NativeMemory.putInt(address + 8, 0x99aabbcc);
            NativeMemory.putShort(address + 12, (short) 0xddee);
            NativeMemory.putByte(address + 14, (byte) 0xff);

            ByteBuffer view = NativeMemory.view(address, 15);

            assertThat(view.getLong(0)).isEqualTo(0x1122334455667788L);
            assertThat(view.get(0)).isEqualTo((byte) 0x88);
            assertThat(view.getInt(8)).isEqualTo(0x99aabbcc);
            assertThat(view.getShort(12)).isEqualTo((short) 0xddee);
            assertThat(NativeMemory.longAt(address)).isEqualTo(0x1122334455667788L);
            assertThat(NativeMemory.intAt(address + 8)).isEqualTo(0x99aabbcc);
            assertThat(NativeMemory.shortAt(address + 12)).isEqualTo((short) 0xddee);
            assertThat(NativeMemory.byteAt(address + 14)).isEqualTo((byte) 0xff);
        }
    }

    @Test
    void shouldCopyBytesInAndOut() {
        try (Arena arena = Arena.ofConfined()) {
            long address = arena.allocate(16, 8).address();
            byte[] copied = new byte[3];

            NativeMemory.copy(new byte[]{0, 7, 8, 9}, 1, 3, address + 5);
            NativeMemory.copy(address + 5, copied, 0, 3);

            assertThat(copied).containsExactly(7, 8, 9);
        }
    }
}

package com.waickoff.marketdata.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.marketdata.window.VolumeNode.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class VolumeNodeTest {
    @Test
    void shouldFindTwoHillsAndTheValleyBetweenThem() {
        assertThat(VolumeNode.of(ListedRows.bought(100, 1, 4, 9, 4, 1, 1, 3, 7, 12, 7, 2), 15))
                .containsExactly(new VolumeNode(Kind.HIGH, 102, 9),
                        new VolumeNode(Kind.LOW, 105, 1), new VolumeNode(Kind.HIGH, 108, 12));
    }

    @Test
    void shouldTakeOneHillForOneNode() {
        assertThat(VolumeNode.of(ListedRows.bought(0, 1, 2, 4, 8, 4, 2, 1), 15))
                .containsExactly(new VolumeNode(Kind.HIGH, 3, 8));
    }

    @Test
    void shouldLeaveOutARippleThatIsLessProminent() {
        // Smoothed, the second hill rises by less than 15 % of the 100 of the first.
        RowVolumes rows = ListedRows.bought(0, 0, 100, 100, 100, 90, 80, 80, 88, 88, 80, 70);

        assertThat(VolumeNode.of(rows, 15)).extracting(VolumeNode::kind)
                .containsExactly(Kind.HIGH);
        assertThat(VolumeNode.of(rows, 1)).hasSizeGreaterThan(1);
    }

    @Test
    void shouldNameARunOfEqualsByItsLowestRow() {
        assertThat(VolumeNode.of(ListedRows.bought(-4, 5, 5, 5, 5, 5, 5, 5, 5, 5), 15))
                .containsExactly(new VolumeNode(Kind.HIGH, -2, 5));
    }

    @Test
    void shouldMeasureEqualHillsAgainstTheLowestOfThem() {
        // Both hills are alike, the valley between them is shallow: only the lower one stands out.
        List<VolumeNode> nodes = VolumeNode.of(
                ListedRows.bought(0, 50, 100, 100, 100, 100, 100, 95, 95, 100, 100, 100, 100, 100),
                15);

        assertThat(nodes).containsExactly(new VolumeNode(Kind.HIGH, 3, 100));
    }

    @Test
    void shouldFindAGapBetweenTwoHills() {
        assertThat(VolumeNode.of(ListedRows.bought(0, 9, 0, 0, 0, 0, 0, 0, 0, 9), 15))
                .containsExactly(new VolumeNode(Kind.HIGH, 0, 9),
                        new VolumeNode(Kind.LOW, 3, 0), new VolumeNode(Kind.HIGH, 8, 9));
    }

    @Test
    void shouldCompareExactlyWhereSmoothingLeavesALong() {
        long huge = Long.MAX_VALUE / 3;

        assertThat(VolumeNode.of(ListedRows.bought(0, huge, 0, 0, 0, 0, 0, huge), 15))
                .containsExactly(new VolumeNode(Kind.HIGH, 0, huge),
                        new VolumeNode(Kind.LOW, 3, 0), new VolumeNode(Kind.HIGH, 6, huge));
    }

    @Test
    void shouldFindNothingInAnEmptyProfile() {
        assertThat(VolumeNode.of(ListedRows.bought(0), 15)).isEmpty();
        assertThatThrownBy(() -> VolumeNode.of(ListedRows.bought(0, 1), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

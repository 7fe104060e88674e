package io.github.camelfifo.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrdersTest {

    @Test
    void anInvoiceHasTheOrdersNumberAndItsAmount() {
        assertThat(Orders.invoice("order 17: 3 x 25")).isEqualTo("invoice 17: 75");
        assertThat(Orders.invoice("order 1: 999999999 x 999999999")).isEqualTo("invoice 1: 999999998000000001");
    }

    @Test
    void anyOtherLineIsSaidToBeNoOrder() {
        assertThat(Orders.invoice("hello")).isEqualTo("not an order: hello");
        assertThat(Orders.invoice("")).isEqualTo("not an order: ");
    }
}

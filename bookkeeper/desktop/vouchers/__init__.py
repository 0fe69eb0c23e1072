"""What the vouchers' page is made of: the draft and its sheet (no Qt), entry, list, and one posted voucher."""

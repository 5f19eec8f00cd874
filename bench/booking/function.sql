-- The ceiling: one call of a server function writes all rows of a request. Nothing is judged, nothing is explained.
-- Columns that are not named here take their models' defaults: function.py sees to that.
CREATE FUNCTION bench_request(
    p_municipality bigint, p_citizen bigint, p_facility bigint, p_entitlement bigint, p_number text, p_token text,
    p_place text, p_first date, p_last date, p_units jsonb, p_quote jsonb, p_at timestamptz,
    p_to text, p_subject text, p_text text
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    pool record;
    pool_id bigint;
    booking bigint;
    mail bigint;
    taken int;
BEGIN
    FOR pool IN SELECT key AS code, value::int AS units FROM jsonb_each_text(p_units) ORDER BY key LOOP
        UPDATE applications_pool SET used = used + pool.units
            WHERE entitlement_id = p_entitlement AND code = pool.code AND used + pool.units <= "limit"
            RETURNING id INTO pool_id;
        IF pool_id IS NULL THEN RAISE EXCEPTION 'exhausted'; END IF;
        INSERT INTO applications_ledgerentry
            (municipality_id, citizen_id, pool_id, move, units, booking_number, at, by_id)
            VALUES (p_municipality, p_citizen, pool_id, 'take', pool.units, p_number, p_at, p_citizen);
    END LOOP;
    UPDATE facilities_daycapacity SET used = used + 1 WHERE id IN (
        SELECT id FROM facilities_daycapacity
        WHERE facility_id = p_facility AND place = p_place AND day BETWEEN p_first AND p_last AND used < "limit"
        ORDER BY day FOR UPDATE
    );
    GET DIAGNOSTICS taken = ROW_COUNT;
    IF taken <> p_last - p_first + 1 THEN RAISE EXCEPTION 'full'; END IF;
    INSERT INTO facilities_booking
        (municipality_id, citizen_id, facility_id, entitlement_id, number, form_token, service, place, first_day,
         last_day, arrival, status, units, quote, requested_at)
        VALUES (p_municipality, p_citizen, p_facility, p_entitlement, p_number, p_token, 'short_stay', p_place, p_first,
                p_last, '10:00', 'requested', p_units, p_quote, p_at)
        RETURNING id INTO booking;
    INSERT INTO shared_event
        (at, verb, actor_id, municipality_id, facility_id, citizen_id, subject_kind, subject_id)
        VALUES (p_at, 'booking.requested', p_citizen, p_municipality, p_facility, p_citizen, 'booking', booking);
    INSERT INTO shared_mail (key, kind, "to", subject, text, message_id, created_at)
        VALUES ('booking_requested:' || booking, 'booking_requested', p_to, p_subject, p_text, p_number, p_at)
        RETURNING id INTO mail;
    INSERT INTO shared_job (kind, subject_id, key, queue, municipality_id, status, run_after, created_at)
        VALUES ('send_mail', mail, 'send_mail:' || mail, 'mail', p_municipality, 'queued', p_at, p_at);
    RETURN booking;
END $$;

/* Makes the pages quicker; each of them is complete without it. */
(function () {
  'use strict';

  var all = function (selector, within) {
    return Array.from((within || document).querySelectorAll(selector));
  };

  document.documentElement.classList.add('js');

  /* Nothing is announced that did not change. */
  function write(place, text) {
    if (place.textContent !== text) {
      place.textContent = text;
    }
  }

  /* As the macro `money` of configure.html. */
  function money(amount) {
    if (amount === null) {
      return '';
    }
    var cents = amount.toFixed(2);
    var text = amount % 1 === 0 ? amount.toFixed(0) : Number(cents) === amount ? cents : String(amount);
    return '$' + text.replace(/^\d+/, function (whole) {
      return whole.replace(/\B(?=(\d{3})+$)/g, ',');
    });
  }

  /* An amount that nobody knows is left out, with the words around it. */
  function writeAmount(place, amount) {
    write(place, money(amount));
    place.parentNode.hidden = amount === null;
  }

  /* What a plan costs in a region; null is what nobody knows. */
  function price(radio, region) {
    var own = all('[data-region]', radio.parentNode).find(function (other) {
      return other.dataset.region === region;
    });
    var source = (own || radio).dataset;
    var number = function (text) { return text ? Number(text) : null; };
    return {
      monthly: number(source.monthly), hourly: number(source.hourly),
      backups: number(source.backups), backupsHourly: number(source.backupsHourly)
    };
  }

  /* Unknown as soon as one of them is. */
  function sum(a, b) {
    return a === null || b === null ? null : Number((a + b).toFixed(6));
  }

  function chosenText(select) {
    var option = select.selectedOptions[0];
    return option && option.value ? option.dataset.label || option.textContent.trim() : '';
  }

  function order(form) {
    var region = form.elements.region;
    var image = form.elements.distribution;
    var radios = all('input[name=type]', form);
    var note = form.querySelector('[data-prices]');
    var mostPrices = note.textContent;

    function slip(name, text) {
      all('[data-slip=' + name + ']', form).forEach(function (place) {
        write(place, text || place.dataset.none || '');
      });
    }

    function regionName() {
      return chosenText(region).replace(/ \([^)]*\)$/, '');
    }

    function lists(list, field) {
      return !!field && field.value !== '' && (list || '').split(' ').indexOf(field.value) >= 0;
    }

    /* A plan that the region has not, or that is too small for the image, cannot stay chosen. */
    function showGap(radio) {
      var gap = lists(radio.dataset.without, region);
      var tight = lists(radio.dataset.tight, image);
      radio.disabled = gap || tight;
      radio.checked = radio.checked && !radio.disabled;
      all('.why', radio.parentNode).forEach(function (why) {
        why.hidden = why.dataset.why === 'image' ? !tight : !gap;
      });
    }

    function showPlans() {
      radios.forEach(function (radio) {
        showGap(radio);
        var now = price(radio, region.value);
        all('[data-m]', radio.parentNode).forEach(function (place) {
          writeAmount(place, now.monthly);
        });
        all('[data-unknown]', radio.parentNode).forEach(function (place) {
          place.hidden = now.monthly !== null;
        });
        all('[data-h]', radio.parentNode).forEach(function (place) {
          writeAmount(place, now.hourly);
        });
      });
      all('[data-from]', form).forEach(function (place) {
        var prices = all('input[name=type]', place.closest('details')).map(function (radio) {
          return price(radio, region.value).monthly;
        }).filter(function (monthly) { return monthly !== null; });
        writeAmount(place, prices.length ? Math.min.apply(null, prices) : null);
      });
      write(note, region.value ? note.dataset.prices + regionName() : mostPrices);
    }

    function showOrder() {
      var radio = radios.find(function (each) { return each.checked; });
      var now = radio && price(radio, region.value);
      slip('region', regionName());
      slip('image', image && (image.type === 'hidden'
        ? form.querySelector('[data-image]').textContent : chosenText(image)));
      slip('plan', radio && radio.parentNode.querySelector('b').textContent);
      var line = form.querySelector('[data-saved]');
      var backed = line && (!form.elements.backups || form.elements.backups.checked);
      var total = now && sum(now.monthly, backed ? now.backups : 0);
      if (line) {
        line.hidden = !backed;
      }
      slip('alone', now ? money(now.monthly) : form.dataset.unchosen);
      slip('backups', now && money(now.backups));
      var hourly = now && sum(now.hourly, backed ? now.backupsHourly : 0);
      slip('monthly', now && money(total));
      slip('hourly', now && money(hourly));
      form.querySelector('.bar').hidden = !now;
      all('[data-planned]', form).forEach(function (part) { part.hidden = !now; });
      all('[data-priced]', form).forEach(function (part) {
        part.hidden = !now || (part.dataset.priced === 'hourly' ? hourly : total) === null;
      });
    }

    function update() {
      showPlans();
      showOrder();
    }

    all('[data-plain]', form).forEach(function (part) { part.remove(); });
    all('[data-before]', form).forEach(function (part) { part.hidden = true; });
    all('[data-after]', form).forEach(function (part) { part.hidden = false; });
    form.addEventListener('change', update);
    /* Back leads to the form again, also where it was the answer to another one: what is not stored
       can only be asked for anew, and a browser does not do that with what was posted. */
    form.addEventListener('submit', function () { history.replaceState(null, '', location.href); });
    window.addEventListener('pageshow', update);
    update();
  }

  function select(element) {
    var range = document.createRange();
    range.selectNodeContents(element);
    var selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function copy(button) {
    var source = document.getElementById(button.dataset.copy);
    var status = document.querySelector('[data-copied]');
    var said = button.firstChild;
    var before = button.dataset.before = button.dataset.before || said.data;

    function done() {
      status.textContent = said.data = status.dataset.copied;
      setTimeout(function () {
        said.data = before;
        status.textContent = '';
      }, 1500);
    }

    function byHand() {
      select(source);
      if (document.execCommand('copy')) {
        done();
      }
    }

    if (navigator.clipboard) {
      navigator.clipboard.writeText(source.textContent).then(done, byHand);
    } else {
      byHand();
    }
  }

  /* Masked again before the form goes, so that no browser keeps it as an ordinary answer. */
  function showable(button) {
    var field = document.getElementById(button.dataset.show);

    function show(shown) {
      field.type = shown ? 'text' : 'password';
      button.setAttribute('aria-pressed', shown);
    }

    button.hidden = false;
    button.addEventListener('click', function () { show(field.type === 'password'); });
    field.form.addEventListener('submit', function () { show(false); });
  }

  /* What has to be corrected or filled in is never inside something folded. */
  function unfold() {
    var target = location.hash && document.getElementById(location.hash.slice(1));
    var fold = target && target.closest('details');
    if (fold) {
      fold.open = true;
      target.focus();
    }
  }

  /* Nor does a browser say what is wrong there. */
  function unfoldInvalid(event) {
    var fold = event.target.closest('details');
    if (fold) {
      fold.open = true;
    }
  }

  all('form[data-order]').forEach(order);
  all('[data-show]').forEach(showable);
  addEventListener('hashchange', unfold);
  addEventListener('invalid', unfoldInvalid, true);
  unfold();
  all('[data-copy]').forEach(function (button) {
    button.hidden = false;
    button.addEventListener('click', function () { copy(button); });
  });
  all('[data-again]').forEach(function (note) {
    setTimeout(function () {
      location.replace(location.pathname + location.search);
    }, note.dataset.again * 1000);
  });
  all('[autofocus]').forEach(function (element) { element.focus(); });
}());
